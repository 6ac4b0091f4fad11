using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Metrics;
using TeleCube.Kernel.Tests.Given;

namespace TeleCube.Kernel.Tests.Metrics;

[Collection(nameof(Alone))]
public sealed class KernelMetricsTests
{
    [Fact]
    public async Task The_meter_shows_what_the_kernel_does()
    {
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == KernelMetrics.MeterName) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        await using var system = new TestSystem();
        var counter = system.SpawnCounter();
        await TestSystem.Ask<Accepted>(counter, new CounterCommand.Add(1));
        counter.Tell(new CounterCommand.Crash());
        await CounterHouse.StateOf(counter);
        await TestSystem.Until(() => system.Actors.Metrics.Messages == 3); // counted when the turn is over
        listener.RecordObservableInstruments();

        Assert.Equal(1, seen["telecube.kernel.failures"]);
        Assert.Equal(1, seen["telecube.kernel.restarts"]);
        Assert.Equal(0, seen["telecube.kernel.dead_letters"]);
        Assert.Equal(2, seen["telecube.kernel.actors"]);
        Assert.Equal(3, seen["telecube.kernel.messages"]);
        Assert.True(seen.ContainsKey("telecube.kernel.append"));
    }
}
