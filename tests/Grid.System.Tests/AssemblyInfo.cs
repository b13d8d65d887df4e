// Most tests wait for other processes, so a few run at once; those that keep both cores busy share the collection Load.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
