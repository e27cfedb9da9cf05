// The page: its frame, and the page that the address means.
import './styles/all.css';
import { render } from 'preact';
import { getStatus } from './api/node';
import { ConnectionBanner } from './components/connection_banner';
import { MessageList } from './components/message_list';
import { BottomBar, Sidebar, TopBar } from './components/navigation';
import { HomePage } from './pages/home';
import { LibraryPage } from './pages/library';
import { LivePage } from './pages/live';
import { MissingPage } from './pages/missing';
import { NotePage } from './pages/note';
import { NotesPage } from './pages/notes';
import { PeersPage } from './pages/peers';
import { SettingsPage } from './pages/settings';
import { StreamPage } from './pages/stream';
import { UploadPage } from './pages/upload';
import { VideoPage } from './pages/video';
import { connect } from './state/connection';
import { followLink, path } from './state/location';
import { useNarrow } from './state/narrow';
import { useResource } from './state/resource';
import { routeOf, sectionOf, type Route } from './state/routes';
import { useStore } from './state/store';

function Page({ route }: { route: Route }) {
  const { page, id } = route;
  switch (page) {
    case 'home':
      return <HomePage />;
    case 'upload':
      return <UploadPage />;
    case 'live':
      return <LivePage />;
    case 'stream':
      return <StreamPage key={id} id={id} />;
    case 'library':
      return <LibraryPage />;
    case 'video':
      return <VideoPage key={id} id={id} />;
    case 'notes':
      return <NotesPage />;
    case 'note':
      return <NotePage key={id} id={id} />;
    case 'peers':
      return <PeersPage />;
    case 'settings':
      return <SettingsPage />;
    case 'missing':
      return <MissingPage />;
  }
}

function App() {
  const route = routeOf(useStore(path));
  const section = sectionOf(route.page);
  const narrow = useNarrow();
  const status = useResource('status', getStatus, [{ topic: 'status' }]);
  const nodeName = status.data?.node_name ?? '';
  return (
    <div onClick={followLink}>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <div class="shell">
        {narrow ? (
          <TopBar nodeName={nodeName} />
        ) : (
          <Sidebar section={section} nodeName={nodeName} />
        )}
        <div>
          <ConnectionBanner />
          <main class="content" id="content" tabIndex={-1}>
            <Page route={route} />
          </main>
        </div>
      </div>
      {narrow && <BottomBar section={section} />}
      <MessageList />
    </div>
  );
}

// A file dropped beside its field would take the browser away from the page.
for (const kind of ['dragover', 'drop']) {
  addEventListener(kind, (event) => event.preventDefault());
}

connect();
const root = document.getElementById('app');
if (root) render(<App />, root);
