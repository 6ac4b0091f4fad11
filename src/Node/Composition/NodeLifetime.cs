namespace TeleCube.Node.Composition;

/// <summary>Leaves signals to <see cref="StopSignal"/>: ASP.NET's own lifetime would stop the API before the calls.</summary>
sealed class NodeLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
