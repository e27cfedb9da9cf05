#include <exception>
#include <iostream>

#include "tools/nodectl/session.hpp"

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> args(argv + 1, argv + argc);
    return static_cast<int>(
        hearth::nodectl::run(args, hearth::config::this_process(), std::cin, std::cout, std::cerr));
  } catch (const std::exception& e) {
    std::cerr << "nodectl: " << e.what() << '\n';
    return 1;
  }
}
