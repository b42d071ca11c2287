import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Card } from './card.tsx';
import { signIn } from './staff-api.ts';

export function SignIn() {
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const login = useMutation({ mutationFn: signIn, onSuccess: me => queries.setQueryData(['me'], me) });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate({ email: email.trim(), password });
  };

  return (
    <Card title="Đăng nhập" intro="Dành cho cán bộ biên soạn, duyệt và quản trị câu trả lời.">
      <form onSubmit={submit} className="form">
        {login.isError && (
          <Alert color="red" role="alert" title="Chưa đăng nhập được">
            {login.error.message}
          </Alert>
        )}
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          size="md"
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Mật khẩu"
          autoComplete="current-password"
          required
          size="md"
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={login.isPending}>
          Đăng nhập
        </Button>
      </form>
    </Card>
  );
}
