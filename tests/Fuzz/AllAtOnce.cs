// In ./test every target has its minute and all of them the same one: messages, URIs, headers, session descriptions, the framer, uploads.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
