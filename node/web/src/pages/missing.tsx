import { Empty } from '../components/notice';
import { PageHead } from '../components/page_head';

export function MissingPage() {
  return (
    <div class="page">
      <PageHead title="Page not found" />
      <Empty icon="search" title="There is nothing at this address">
        <a class="button" href="/">
          Go home
        </a>
      </Empty>
    </div>
  );
}
