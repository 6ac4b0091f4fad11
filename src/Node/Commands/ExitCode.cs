namespace TeleCube.Node.Commands;

/// <summary>What the process says when it ends.</summary>
static class ExitCode
{
    public const int Fine = 0;

    /// <summary>Something outside the configuration stood in the way of the start.</summary>
    public const int Start = 1;

    /// <summary>sysexits.h's EX_CONFIG: trying again changes nothing.</summary>
    public const int Configuration = 78;
}
