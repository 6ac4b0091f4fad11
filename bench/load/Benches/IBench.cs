namespace TeleCube.Load.Benches;

/// <summary>One question to the target; its answer goes into the report.</summary>
interface IBench
{
    Task Run(BenchContext context, CancellationToken stop);
}
