// The mark of Hearth: a fire in its arch. The same drawing is static/favicon.svg.
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <defs>
        <linearGradient id="ember" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#f29a4a" />
          <stop offset="1" stop-color="#c4481a" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="8" fill="url(#ember)" />
      <path
        d="M7 25.5V16a9 9 0 0 1 18 0v9.5"
        fill="none"
        stroke="#fff"
        stroke-width="2.4"
        stroke-linecap="round"
      />
      <path
        d="M16.3 11.5c.4 2.6 3.9 4.4 3.9 8.3a4.2 4.2 0 0 1-8.4 0c0-2 1-3.2 1.9-4.1.3 1.1.9 1.7 1.5 2 .1-2.3-.1-4.2 1.1-6.2z"
        fill="#fff"
      />
    </svg>
  );
}
