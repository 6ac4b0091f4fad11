namespace TeleCube.Kernel.Supervision;

/// <summary>What a supervisor does about a failed child.</summary>
public enum Directive
{
    /// <summary>The child goes on with the next message and the state it has.</summary>
    Resume,

    /// <summary>A new incarnation goes on with the next message; a persistent one recovers from its journal first.</summary>
    Restart,

    /// <summary>The child ends. A persistent one is quarantined.</summary>
    Stop,

    /// <summary>The supervisor itself fails with the same exception.</summary>
    Escalate,
}
