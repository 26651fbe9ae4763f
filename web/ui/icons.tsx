import type { ReactNode } from 'react'

type Size = { size?: number }

export const ParcelIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="M3.5 7.5 12 3l8.5 4.5v9L12 21l-8.5-4.5z" />
    <path d="m3.5 7.5 8.5 4.5 8.5-4.5M12 12v9" />
  </Icon>
)

export const SyncIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="M20 11A8 8 0 0 0 5.5 7.2L4 9M4 4v5h5" />
    <path d="M4 13a8 8 0 0 0 14.5 3.8L20 15m0 5v-5h-5" />
  </Icon>
)

export const MoreIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="M12 5h.01M12 12h.01M12 19h.01" strokeWidth={2.8} />
  </Icon>
)

export const DownIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="m6 9 6 6 6-6" />
  </Icon>
)

export const BackIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="m15 6-6 6 6 6" />
  </Icon>
)

export const NextIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="m9 6 6 6-6 6" />
  </Icon>
)

export const DoneIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
)

export const WarningIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01" />
  </Icon>
)

export const ClockIcon = ({ size }: Size) => (
  <Icon size={size}>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7v5.3l3.3 2" />
  </Icon>
)

export const PlugIcon = ({ size }: Size) => (
  <Icon size={size}>
    <path d="M9 3v5M15 3v5M6 8h12v3.5a6 6 0 0 1-12 0zM12 17.5V21" />
  </Icon>
)

/** Drawn in the colour of the text beside it, and silent: the words say what it means. */
function Icon({ size = 18, children }: { size?: number | undefined; children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      {children}
    </svg>
  )
}
