import { Button, Center, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Card } from './card.tsx';
import { Home } from './home.tsx';
import { SetUp } from './set-up.tsx';
import { SignIn } from './sign-in.tsx';
import { fetchMe } from './staff-api.ts';

/** The staff console: set-up by the one-time link, sign-in, and the home of whoever is signed in. */
export function Console() {
  const [token, setToken] = useState(takeToken);
  useEffect(() => {
    // Pasting the link into the address bar of this very page loads nothing anew.
    const takeAgain = () => setToken(takeToken());
    window.addEventListener('hashchange', takeAgain);
    return () => window.removeEventListener('hashchange', takeAgain);
  }, []);
  const me = useQuery({ queryKey: ['me'], queryFn: fetchMe, enabled: token === null });

  if (token !== null) return <SetUp key={token} token={token} onDone={() => setToken(null)} />;
  if (me.isPending) {
    return (
      <Center h="100vh">
        <Loader aria-label="Đang tải" />
      </Center>
    );
  }
  if (me.isError) {
    return (
      <Card title="Chưa mở được trang quản trị">
        <Text role="alert">{me.error.message}</Text>
        <Button onClick={() => me.refetch()}>Thử lại</Button>
      </Card>
    );
  }
  return me.data ? <Home me={me.data} /> : <SignIn />;
}

/** The token sits behind the `#`, which no browser sends to a server; it leaves the address bar at once. */
function takeToken(): string | null {
  if (!/\/console\/setup\/?$/.test(window.location.pathname)) return null;
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';
  if (token !== '') window.history.replaceState(null, '', window.location.pathname);
  return token;
}
