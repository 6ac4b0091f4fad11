using TeleCube.Load.Rtp;

namespace TeleCube.Load.Benches;

/// <summary>One window over one path; the direct path has no CPU of its own.</summary>
sealed record RelaySample(RtpWindow Window, int Calls, TimeSpan Length, TimeSpan Cpu, TimeSpan GeneratorCpu)
{
    public double CpuUsPerPacket => Window.Received == 0 ? double.NaN : Cpu.TotalMicroseconds / Window.Received;

    public double CpuMsPerCallSecond => Cpu.TotalMilliseconds / (Calls * Length.TotalSeconds);

    public double LossPercent => Window.Sent == 0 ? double.NaN : 100.0 * Window.Lost / Window.Sent;

    public double GeneratorPercent => 100 * GeneratorCpu / Length;
}
