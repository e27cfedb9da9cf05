#include "media/sandbox/job.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth::sandbox;
using hearth::bytes;

BOOST_AUTO_TEST_SUITE(job_messages)

BOOST_AUTO_TEST_CASE(a_request_comes_back) {
  const job_request request{"image", {1, 2, 3}, 1000, 7, 42};
  const auto again = *job_request::decode(request.encode());
  BOOST_TEST(again.kind == "image");
  BOOST_TEST((again.body == request.body));
  BOOST_TEST(again.memory_bytes == 1000u);
  BOOST_TEST(again.cpu_seconds == 7u);
  BOOST_TEST(again.parent == 42u);
}

BOOST_AUTO_TEST_CASE(a_bad_request_is_refused) {
  auto data = job_request{"image", {1, 2, 3}, 1000, 7, 42}.encode();
  data.push_back(0);
  BOOST_TEST((job_request::decode(data).error() == hearth::errc::malformed));
  data.resize(data.size() - 2);
  BOOST_TEST((job_request::decode(data).error() == hearth::errc::truncated));
}

// A worker that was taken over can write anything into its pipe.
BOOST_AUTO_TEST_CASE(an_answer_that_makes_no_sense_is_refused) {
  const bytes body{1, 2, 3};
  BOOST_TEST((*decode_answer(encode_answer(job_outcome::done, body)) == body));
  auto longer = encode_answer(job_outcome::done, body);
  longer.push_back(0);
  const bytes lying{0, 0xff, 0xff, 0xff, 0xff, 1};
  const bytes unknown{9, 0, 0, 0, 0};
  for (const auto& wrong : {bytes{}, longer, lying, unknown}) {
    BOOST_TEST((decode_answer(wrong).error() == errc::bad_answer));
  }
  const auto failed = decode_answer(encode_answer(job_outcome::failed, {}));
  BOOST_TEST((failed.error() == errc::worker_crashed));
}

BOOST_AUTO_TEST_SUITE_END()
