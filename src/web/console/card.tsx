import { Container, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One card in the middle of the page, under the product's name. */
export function Card({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <Container component="main" size={460} py={{ base: 'xl', sm: 80 }}>
      <Stack gap="lg">
        <Text ta="center" fw={700} size="lg" c="var(--mantine-primary-color-light-color)">
          Motcua · Trợ lý thủ tục hành chính
        </Text>
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
