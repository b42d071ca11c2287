import '@mantine/core/styles.css';
import './console.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Console } from './console.tsx';

const theme = createTheme({
  primaryColor: 'son',
  primaryShade: { light: 8, dark: 6 },
  colors: {
    // The deep red of the chat page; shade 8 carries white text, shade 3 is text on dark.
    son: [
      '#fdf1ef',
      '#f7dfdc',
      '#eebbb6',
      '#f0a29b',
      '#df6d66',
      '#c94a45',
      '#b53330',
      '#a82527',
      '#9b1c1f',
      '#7c1417',
    ],
  },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  defaultRadius: 'md',
});

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });

createRoot(document.getElementById('console')!).render(
  <MantineProvider theme={theme} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <Console />
    </QueryClientProvider>
  </MantineProvider>,
);
