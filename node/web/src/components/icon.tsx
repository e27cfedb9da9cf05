// Line icons, 24 by 24, drawn in the colour of the text around them.

const paths = {
  home: 'M4 11.5 12 5l8 6.5M6 10v9h12v-9M10 19v-5h4v5',
  upload: 'M12 16V5m-4.5 4.5L12 5l4.5 4.5M5 15v4h14v-4',
  live: 'M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM7.8 16.2a6 6 0 0 1 0-8.4m8.4 0a6 6 0 0 1 0 8.4M5 19A9.9 9.9 0 0 1 5 5m14 0a9.9 9.9 0 0 1 0 14',
  library:
    'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-11ZM10 9v6l5-3-5-3Z',
  notes: 'M6 4h9l3 3v13H6V4Zm3 6h6m-6 3.5h6M9 17h4',
  peers:
    'M12 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM5.5 20a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm13 0a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM10.8 7.7l-4 7.6m6.4-7.6 4 7.6M8 17.5h8',
  settings:
    'M4 7h9m5 0h2M4 12h2m5 0h9M4 17h9m5 0h2M15.5 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm-7 5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm7 5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  more: 'M4.5 12h1m6 0h1m6 0h1',
  copy: 'M9 9h10v11H9V9ZM15 9V4H5v11h4',
  check: 'm5 12.5 4.5 4.5L19 7',
  play: 'M8 5.5v13l10.5-6.5L8 5.5Z',
  stop: 'M7 7h10v10H7V7Z',
  trash: 'M5 7h14M10 7V4.5h4V7m-7 0 .8 12.5h8.4L17 7m-7 3.5v5.5m4-5.5v5.5',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12Zm4.3-1.7L20 20',
  plus: 'M12 5v14M5 12h14',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z',
  system: 'M4 5h16v11H4V5Zm5 15h6m-3-4v4',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  image: 'M4 5h16v14H4V5Zm0 11 4.5-4.5L13 16l3-3 4 4M15.5 10h.01',
  film: 'M4 5h16v14H4V5Zm4 0v14m8-14v14M4 12h16M4 8.5h4m8 0h4M4 15.5h4m8 0h4',
  share:
    'M8 12.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Zm11-6a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Zm0 12a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM7.7 11.3l6.6-3.6m-6.6 6 6.6 3.6',
  lock: 'M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3',
  history: 'M4.5 12a7.5 7.5 0 1 0 2.3-5.4L4.5 9m0-4.5V9H9m3-1v4.5l3 2',
  edit: 'M5 19h3.5L19 8.5 15.5 5 5 15.5V19Z',
  download: 'M12 5v11m-4.5-4.5L12 16l4.5-4.5M5 19h14',
  eye: 'M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6Zm9 2.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  alert: 'M12 4 3 19.5h18L12 4Zm0 6v4.5m0 2.5h.01',
  disk: 'M4 7c0-1.7 3.6-3 8-3s8 1.3 8 3v10c0 1.7-3.6 3-8 3s-8-1.3-8-3V7Zm0 0c0 1.7 3.6 3 8 3s8-1.3 8-3M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon-svg"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
