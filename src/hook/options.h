#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "base/notices.h"
#include "base/thread_priority.h"
#include "hook/events/event_list.h"
#include "hook/measuring/performance_monitor.h"

namespace keisei::hook {

struct HookOptions {
  std::string url = "ws://127.0.0.1:8080/ingest";  // ws:// or wss://
  std::string token_file;                          // read at every connect; may not exist yet
  // For wss://: certificates (PEM) that vouch for the showcase; empty: those the system trusts.
  // Host name and chain are always checked.
  std::string ca_file;

  // Reconnecting waits between `backoff_min` and a ceiling that doubles with every failure up to
  // `backoff_max`, chosen at random so that many trainers do not return at once. After
  // `breaker_failures` in a row the circuit opens: one probe per `breaker_wait` (at most
  // `backoff_max`) until a connection holds.
  std::chrono::milliseconds backoff_min{1000};
  std::chrono::milliseconds backoff_max{30000};
  int breaker_failures = 3;
  std::chrono::milliseconds breaker_wait{30000};

  std::chrono::milliseconds connect_timeout{5000};  // name, TCP and WebSocket handshake together
  // A showcase that does not read, or is not there any more, is given up. Long, because what it has
  // not confirmed is then sent again: one that only stands still for a while is waited for.
  std::chrono::milliseconds write_timeout{30000};
  // One that has confirmed nothing for so long is a trouble that is told. The publisher may not run
  // for seconds on a busy machine.
  std::chrono::milliseconds confirm_within{10000};
  // After another trainer took over it looks whether there is none, first after so long, then after
  // twice that, up to the longest.
  std::chrono::milliseconds replaced_min{60000};
  std::chrono::milliseconds replaced_max{600000};
  std::chrono::milliseconds flush_deadline{1000};  // how long `close` may still send
  std::chrono::milliseconds heartbeat{1000};
  // How often the publisher looks into the rings: emitting wakes nobody, which would cost training
  // a system call. 4 ms are 250 short wake-ups per second on a core that is idle.
  std::chrono::milliseconds poll_interval{4};

  Rooms rooms;  // how many events of each kind may wait: `rooms.of<MoveEvent>().ring = 64`

  // Keeps finished games and evaluations while there is no connection, and over the end of this
  // process, until a showcase has confirmed them. Empty: memory only. One hook per file.
  std::string spill_file;
  std::size_t spill_bytes = 64UL * 1024 * 1024;  // at most; beyond that they wait in memory

  // How much of the machine the publisher thread may take. Idle, it may not run for many seconds on
  // a machine that is busy without a pause, and the showcase then believes that training paused.
  ThreadPriority priority = ThreadPriority::lowest;
  int publisher_cpu = -1;  // the only processor it may run on; -1: any
  // Who is told when streaming stops working, why, and when it works again. Called on the publisher
  // thread, and at most a few times a minute. Empty: a line on standard error, unless that is a
  // terminal that is stopped or a pipe that is full: `close` waits for whoever is told.
  Notices::Teller tell;
  MonitorOptions monitor;  // used when training calls `begin_step`
  // Uniform in [0, 1), for backoff and measurement; empty: seeded by the system. Two threads call
  // a copy each.
  std::function<double()> random;
};

}  // namespace keisei::hook
