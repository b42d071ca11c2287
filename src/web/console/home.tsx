import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WireStaff } from '../../channels/web/wire.ts';
import { Card } from './card.tsx';
import { signOut } from './staff-api.ts';

const ROLE_NAMES = {
  curator: 'Biên soạn',
  reviewer: 'Duyệt nội dung',
  admin: 'Quản trị',
} as const satisfies Record<WireStaff['role'], string>;

export function Home({ me }: { me: WireStaff }) {
  const queries = useQueryClient();
  const logout = useMutation({ mutationFn: signOut, onSuccess: () => queries.setQueryData(['me'], null) });

  return (
    <Card title={`Xin chào, ${me.name}`}>
      <Text>
        Anh/chị đang đăng nhập bằng {me.email}, vai trò: {ROLE_NAMES[me.role]}.
      </Text>
      <Text>
        Các màn hình biên soạn, duyệt câu hỏi và xem số liệu đang được hoàn thiện và sẽ có ở bản sau. Trong
        lúc chờ, anh/chị có thể thử hỏi trợ lý như một người dân.
      </Text>
      {logout.isError && (
        <Text role="alert" c="red">
          {logout.error.message}
        </Text>
      )}
      <Group>
        <Button component="a" href="/">
          Mở trang hỏi đáp
        </Button>
        <Button variant="default" onClick={() => logout.mutate()} loading={logout.isPending}>
          Đăng xuất
        </Button>
      </Group>
    </Card>
  );
}
