import { useState } from 'preact/hooks';
import { listVideos } from '../api/videos';
import { Icon } from '../components/icon';
import { ImageBrowser } from '../components/image_browser';
import { Cut, Empty, Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { SearchField } from '../components/search_field';
import { Tabs } from '../components/tabs';
import { VideoHistory } from '../components/video_history';
import { VideoTile } from '../components/video_tile';
import { useNodeNames } from '../state/nodes';
import { useResource } from '../state/resource';
import { sortVideos, videoSorts, type VideoSort } from '../text/sorting';

const views = { videos: 'Videos', images: 'Images', history: 'Upload history' };
type View = keyof typeof views;

function firstView(): View {
  const asked = new URLSearchParams(location.search).get('view') ?? '';
  return Object.hasOwn(views, asked) ? (asked as View) : 'videos';
}

function Videos({ history }: { history: boolean }) {
  const [words, setWords] = useState('');
  const [sort, setSort] = useState<VideoSort>('newest');
  const nameOf = useNodeNames();
  const { data, error, reload } = useResource(
    `videos ${words}`,
    (signal) => listVideos({ q: words }, signal),
    [{ topic: 'videos' }],
    { keep: true },
  );
  const videos = sortVideos(data?.items ?? [], sort);
  return (
    <>
      <div class="row">
        <SearchField label="Search videos" testid="video-search" onSearch={setWords} />
        {!history && (
          <select
            class="input short"
            aria-label="Sort videos"
            value={sort}
            data-testid="video-sort"
            onChange={(event) => setSort(event.currentTarget.value as VideoSort)}
          >
            {Object.entries(videoSorts).map(([each, label]) => (
              <option key={each} value={each}>
                {label}
              </option>
            ))}
          </select>
        )}
      </div>
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && !videos.length && (
        <Empty icon="film" title={words ? `Nothing found for “${words}”` : 'No videos yet'}>
          {!words && (
            <a class="button" href="/upload">
              <Icon name="upload" /> Upload a video
            </a>
          )}
        </Empty>
      )}
      {videos.length > 0 && history && <VideoHistory videos={videos} nameOf={nameOf} />}
      {videos.length > 0 && !history && (
        <ul class="plain tiles" data-testid="video-list">
          {videos.map((video) => (
            <VideoTile key={video.video_id} video={video} nameOf={nameOf} />
          ))}
        </ul>
      )}
      {data?.cut && <Cut shown={videos.length} />}
    </>
  );
}

export function LibraryPage() {
  const [view, setView] = useState(firstView);
  return (
    <div class="page">
      <PageHead title="Library" lead="Videos and images of all nodes.">
        <a class="button primary" href="/upload">
          <Icon name="upload" /> Upload
        </a>
      </PageHead>
      <div>
        <Tabs label="Library views" tabs={views} chosen={view} onChoose={setView} />
      </div>
      <div class="stack" role="tabpanel" id="panel" aria-label={views[view]}>
        {view === 'images' ? <ImageBrowser /> : <Videos history={view === 'history'} />}
      </div>
    </div>
  );
}
