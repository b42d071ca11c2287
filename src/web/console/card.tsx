import { Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import icon from '../chat/icon.svg';

/** One card in the middle of the page, under the product's name. */
export function Card({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <Container component="main" size={460} py={{ base: 'xl', sm: 80 }}>
      <Stack gap="lg">
        <Group justify="center" gap="sm">
          <img src={icon} width={40} height={40} alt="" />
          <Text fw={700} size="lg">
            Trợ lý Một cửa · Trang quản trị
          </Text>
        </Group>
        <Paper withBorder shadow="sm" p={{ base: 'lg', sm: 'xl' }} radius="lg">
          <Stack gap="md">
            <Title order={1} size="h2">
              {title}
            </Title>
            {intro && <Text>{intro}</Text>}
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Container>
  );
}
