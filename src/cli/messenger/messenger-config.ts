import { type Config, loadConfig, type MessengerConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';

/** The settings of the page. @throws AppError `config-invalid` where the channel is off. */
export function requireMessenger(): Config & { messenger: MessengerConfig } {
  const config = loadConfig(process.env);
  const { messenger } = config;
  if (messenger) return { ...config, messenger };
  throw new AppError(
    'config-invalid',
    'Messenger is off: set MESSENGER_APP_SECRET, MESSENGER_VERIFY_TOKEN, MESSENGER_PAGE_TOKEN and MESSENGER_PAGE_ID (see the README)',
  );
}
