
// Each test runs real processes with real ports and needs the machine to itself: two at once would share audio ports and time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
