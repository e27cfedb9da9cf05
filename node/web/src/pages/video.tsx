import { useEffect, useRef, useState } from 'preact/hooks';
import { changeVideo, deleteVideo, fileUrl, getVideo } from '../api/videos';
import type { Video } from '../api/types';
import { ConfirmButton } from '../components/confirm_button';
import { Icon } from '../components/icon';
import { Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { TagsField } from '../components/tags_field';
import { VideoFacts } from '../components/video_facts';
import { attempt } from '../state/messages';
import { navigate } from '../state/location';
import { placeName, useNodeNames } from '../state/nodes';
import { useResource } from '../state/resource';

function Player({ video }: { video: Video }) {
  const [broken, setBroken] = useState(false);
  return (
    <div class="player">
      <video
        key={video.video_id}
        src={fileUrl(video)}
        poster={video.poster_url ?? undefined}
        controls
        playsInline
        preload="metadata"
        aria-label={video.name}
        data-testid="video-player"
        onError={() => setBroken(true)}
        onLoadedMetadata={() => setBroken(false)}
      />
      {broken && (
        <div class="cover" role="status" data-testid="video-problem">
          <Icon name="alert" />
          <strong>This browser cannot play the file</strong>
          <span>Download it to watch it in another player, or try again in a moment.</span>
        </div>
      )}
    </div>
  );
}

/** The name, taken when the field is left or Enter is pressed; Escape takes it back. */
function NameField({ video, onChange }: { video: Video; onChange: (name: string) => void }) {
  const [text, setText] = useState(video.name);
  const editing = useRef(false);
  useEffect(() => {
    if (!editing.current) setText(video.name);
  }, [video.name]);
  const commit = () => {
    editing.current = false;
    const name = text.trim();
    if (name && name !== video.name) onChange(name);
    else setText(video.name);
  };
  return (
    <input
      class="title-input"
      aria-label="Name of the video"
      value={text}
      data-testid="video-name"
      onInput={(event) => {
        editing.current = true;
        setText(event.currentTarget.value);
      }}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText(video.name);
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

function Details({ video, reload }: { video: Video; reload: () => void }) {
  const nameOf = useNodeNames();
  const places = (video.nodes ?? []).map((place) => placeName(place, nameOf));
  const change = async (changes: { name?: string; tags?: string[] }) => {
    await attempt(() => changeVideo(video.video_id, changes), 'Saved.');
    reload();
  };
  const remove = async () => {
    if (await attempt(() => deleteVideo(video.video_id), 'Video deleted.')) {
      navigate('/library', { replace: true });
    }
  };
  return (
    <>
      <PageHead
        title={video.name}
        back={{ to: '/library', label: 'Library' }}
        heading={<NameField video={video} onChange={(name) => void change({ name })} />}
      >
        <a class="button" href={fileUrl(video)} download={video.name} data-testid="video-download">
          <Icon name="download" /> Download
        </a>
        <ConfirmButton
          icon="trash"
          label="Delete"
          question="Delete this video?"
          detail={`“${video.name}” disappears from every node. This cannot be taken back.`}
          testid="video-delete"
          onConfirm={() => void remove()}
        />
      </PageHead>
      <div class="columns wide-left">
        <Player video={video} />
        <div class="stack">
          <VideoFacts video={video} />
          <section class="card">
            <TagsField
              id="video-tags"
              tags={video.tags ?? []}
              onChange={(tags) => void change({ tags })}
            />
          </section>
          <section class="card">
            <h2>Copies</h2>
            {!places.length && <p class="muted">The node does not say where copies are.</p>}
            <ul class="plain list" data-testid="video-copies">
              {places.map((place) => (
                <li key={place}>
                  <Icon name="disk" /> {place}
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </>
  );
}

export function VideoPage({ id }: { id: string }) {
  const { data, error, reload } = useResource(`video ${id}`, (signal) => getVideo(id, signal), [
    { topic: 'videos', id },
  ]);
  return (
    <div class="page">
      {!data && <PageHead title="Video" back={{ to: '/library', label: 'Library' }} />}
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && <Details video={data} reload={reload} />}
    </div>
  );
}
