using TeleCube.Load.Benches;

namespace TeleCube.Load;

/// <summary>The commands and the benches behind them.</summary>
static class Commands
{
    public const string Usage = """
        usage: bench/load/run COMMAND [--target NAME|FILE] [--set key=value]… [--out DIRECTORY] [--option value]…
          setup    CPU per call, highest clean rate, overload
          relay    CPU per relayed packet and call-second beside a C twin, loss, latency
          latency  added latency p50, p99, p99.9 of the relay
          memory   resident memory per idle call, and what is returned
          soak     growth of memory, descriptors, threads and gauges over minutes
          all      setup, relay (with its delay) and memory
        bench/load/README.md has the options and how to describe a target.
        """;

    public static IReadOnlyList<IBench>? Find(Arguments arguments) => arguments.Command switch
    {
        "setup" => [new SetupBench(arguments)],
        "relay" => [new RelayBench(arguments)],
        "latency" => [Latency(arguments)],
        "memory" => [new MemoryBench(arguments)],
        "soak" => [new SoakBench(arguments)],
        "all" => [new SetupBench(arguments), new RelayBench(arguments), new MemoryBench(arguments)],
        _ => null,
    };

    /// <summary>Fewer sizes, longer windows: the tail of the distribution needs packets.</summary>
    static RelayBench Latency(Arguments arguments) => new(arguments, calls: "50,200", seconds: 20, runs: 3);
}
