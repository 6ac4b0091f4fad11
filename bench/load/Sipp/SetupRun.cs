namespace TeleCube.Load.Sipp;

/// <summary>One run of calls at one rate.</summary>
/// <param name="Rate">Calls a second that were asked for.</param>
/// <param name="Achieved">Calls a second that the generator managed to start.</param>
/// <param name="Counts">What the caller saw, with the callee's repetitions added.</param>
/// <param name="Cpu">What the target's processes spent.</param>
/// <param name="Switches">How often the target's threads fell asleep or were set aside.</param>
/// <param name="CleanAfterSeconds">When the last repetition, refusal or failure was; null when it never became clean.</param>
readonly record struct SetupRun(double Rate, double Achieved, SippCounts Counts, TimeSpan Cpu, long Switches, double? CleanAfterSeconds)
{
    public double CpuMsPerCall => Counts.Completed > 0 ? Cpu.TotalMilliseconds / Counts.Completed : double.NaN;

    public double SwitchesPerCall => Counts.Completed > 0 ? Switches / Counts.Completed : double.NaN;

    /// <summary>The caller itself was too slow: nothing can be said of the target at this rate.</summary>
    public bool GeneratorBound => Achieved < 0.9 * Rate;
}
