/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

/** Drawn in lines of the text's colour; names are given by the buttons that hold them. */
function Icon({ children, size = 20 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.9"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const SendIcon = () => (
  <Icon size={22}>
    <path d="M4.5 12h13M12.5 6l6 6-6 6" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon size={22}>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);

export const RestartIcon = () => (
  <Icon>
    <path d="M4 12a8 8 0 1 0 2.6-5.9M4 4.5V9h4.5" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon size={18}>
    <path d="M6.5 3.5h3l1.4 4-2 1.5a12 12 0 0 0 6 6l1.6-2 4 1.4v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z" />
  </Icon>
);

export const ClockIcon = () => (
  <Icon size={18}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.5V12l3 2" />
  </Icon>
);

export const LinkIcon = () => (
  <Icon size={16}>
    <path d="M14 5h5v5M19 5l-8.5 8.5M10 6H6.5A1.5 1.5 0 0 0 5 7.5v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.5V14" />
  </Icon>
);

export const GoodIcon = () => (
  <Icon size={17}>
    <path d="M5 12.5l4.5 4.5L19 7.5" />
  </Icon>
);

export const BadIcon = () => (
  <Icon size={17}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M8.5 12h7" />
  </Icon>
);

export const AlertIcon = () => (
  <Icon size={18}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.5v5M12 16.2v.1" />
  </Icon>
);

export const ChatIcon = () => (
  <Icon size={24}>
    <path d="M20 11.5a7.5 7.5 0 0 1-7.5 7.5H5l1.6-2.6A7.5 7.5 0 1 1 20 11.5z" />
    <path d="M9.2 11.5h.1M12.5 11.5h.1M15.8 11.5h.1" stroke-width="2.4" />
  </Icon>
);

/** The product's mark: one open door ("một cửa") under a gold arch. */
export function Emblem({ size = 40 }: { size?: number }) {
  return (
    <svg class="emblem" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <circle class="emblem-ground" cx="20" cy="20" r="20" />
      <path class="emblem-arch" d="M10.5 31V19.5a9.5 9.5 0 0 1 19 0V31" />
      <path class="emblem-door" d="M14.5 31V20a5.5 5.5 0 0 1 5.5-5.5V31z" />
      <path class="emblem-light" d="M20 14.5A5.5 5.5 0 0 1 25.5 20V31H20z" />
      <path class="emblem-step" d="M8 31h24" />
      <circle class="emblem-knob" cx="17.9" cy="23.5" r="0.9" />
    </svg>
  );
}
