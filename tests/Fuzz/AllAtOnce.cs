// In ./test every target has its minute and all of them the same one: messages, URIs, headers, session descriptions, the framer.
[assembly: CollectionBehavior(MaxParallelThreads = 5)]
