// Memory put by for the end: what runs out of memory can still clean up and tell.
#pragma once

namespace flowlog {

// Puts memory by, as much as there is up to 32 MiB. The first allocation that finds none gets it,
// and from then on memory_is_short() holds. Once a program, before it starts threads.
void reserve_memory();

// True iff the reserve is in use: nothing that can be left should be begun. Thread-safe.
bool memory_is_short();

}  // namespace flowlog
