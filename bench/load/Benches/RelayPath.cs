using System.Net;
using TeleCube.Load.Machine;
using TeleCube.Load.Rtp;

namespace TeleCube.Load.Benches;

/// <summary>A way for the packets of N calls: straight across, through the C twin, or through the target.</summary>
sealed record RelayPath(string Name, ProcessTree? Processes, Func<int, IPEndPoint> CallerPeer, Func<int, IPEndPoint> CalleePeer)
{
    public static RelayPath Direct(CallField field) =>
        new("direct", null, call => field.Callees[call].Local, call => field.Callers[call].Local);

    public static RelayPath Through(Twin twin) => new("C twin", twin.Processes, Twin.CallerSide, Twin.CalleeSide);

    public static RelayPath Through(ProcessTree target, CallField field) =>
        new("target", target, call => Negotiated(field.Callers[call]), call => Negotiated(field.Callees[call]));

    public async Task<RelaySample> Measure(CallField field, TimeSpan warmUp, TimeSpan length, CancellationToken stop)
    {
        for (var call = 0; call < field.Callers.Count; call++)
        {
            field.Callers[call].Aim(CallerPeer(call));
            field.Callees[call].Aim(CalleePeer(call));
        }
        field.Send(true);
        await Task.Delay(warmUp, stop);
        var (cpu, own) = (Cpu(), Environment.CpuUsage.TotalTime);
        var window = field.Open();
        await Task.Delay(length, stop);
        (cpu, own) = (Cpu() - cpu, Environment.CpuUsage.TotalTime - own);
        await field.Close();
        field.Send(false);
        return new(window, field.Callers.Count, length, cpu, own);
    }

    TimeSpan Cpu() => Processes?.Cpu() ?? TimeSpan.Zero;

    static IPEndPoint Negotiated(RtpStream stream) => stream.Peer ?? throw new LoadException($"the target gave no address for the audio of {stream.Local}");
}
