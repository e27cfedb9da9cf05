// Gives each unit test program its main().
#define BOOST_TEST_MODULE HEARTH_TEST_NAME
#include <boost/test/unit_test.hpp>
