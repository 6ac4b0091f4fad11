
// Each test runs processes of its own on ports of its own (FreePorts) and waits for audio most of its time: three at once share two cores well.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
