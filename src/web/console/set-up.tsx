import { Alert, Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { MIN_PASSWORD_LENGTH } from '../../channels/web/wire.ts';
import { Card } from './card.tsx';
import { setUp } from './staff-api.ts';

type Fields = { name: string; email: string; password: string; again: string };
const EMPTY: Fields = { name: '', email: '', password: '', again: '' };

/** The first admin's account, made with the one-time link that the first start prints. */
export function SetUp({ token, onDone }: { token: string; onDone: () => void }) {
  const queries = useQueryClient();
  const [fields, setFields] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const setup = useMutation({
    mutationFn: setUp,
    onSuccess: me => {
      queries.setQueryData(['me'], me);
      window.history.replaceState(null, '', '/console');
      onDone();
    },
  });

  if (token === '') return <NoToken />;

  const faults = tried ? faultsOf(fields) : {};
  const field = (name: keyof Fields) => ({
    value: fields[name],
    error: faults[name],
    required: true,
    size: 'md',
    onChange: (event: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOf(fields)).length > 0) return;
    setup.mutate({ token, name: fields.name.trim(), email: fields.email.trim(), password: fields.password });
  };

  return (
    <Card
      title="Tạo tài khoản quản trị đầu tiên"
      intro="Liên kết này chỉ dùng được một lần. Những lần sau, anh/chị đăng nhập bằng email và mật khẩu dưới đây."
    >
      <form onSubmit={submit} className="form" noValidate>
        {setup.isError && (
          <Alert color="red" role="alert" title="Chưa tạo được tài khoản">
            {setup.error.message}
          </Alert>
        )}
        <TextInput label="Họ và tên" autoComplete="name" {...field('name')} />
        <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordInput
          label="Mật khẩu"
          description={`Ít nhất ${MIN_PASSWORD_LENGTH} ký tự. Một câu dài dễ nhớ là tốt nhất.`}
          autoComplete="new-password"
          {...field('password')}
        />
        <PasswordInput label="Nhập lại mật khẩu" autoComplete="new-password" {...field('again')} />
        <Button type="submit" size="md" fullWidth loading={setup.isPending}>
          Tạo tài khoản
        </Button>
      </form>
    </Card>
  );
}

function NoToken() {
  return (
    <Card title="Liên kết chưa đầy đủ">
      <p>
        Vui lòng mở đúng liên kết in ra khi khởi động máy chủ lần đầu (dạng{' '}
        <code>/console/setup#token=…</code>), hoặc <Anchor href="/console">đăng nhập</Anchor> nếu đã có tài
        khoản.
      </p>
    </Card>
  );
}

function faultsOf({ name, email, password, again }: Fields): Partial<Fields> {
  return {
    ...(name.trim() === '' && { name: 'Vui lòng nhập họ và tên.' }),
    ...(!/^\S+@\S+\.\S+$/.test(email.trim()) && { email: 'Email chưa đúng, ví dụ: canbo@tinh.gov.vn.' }),
    ...(password.length < MIN_PASSWORD_LENGTH && {
      password: `Mật khẩu cần ít nhất ${MIN_PASSWORD_LENGTH} ký tự.`,
    }),
    ...(again !== password && { again: 'Hai mật khẩu chưa giống nhau.' }),
  };
}
