namespace TeleCube.Actors.Schemes.Simulation;

/// <summary>What somebody who is rung in a simulation does.</summary>
public enum Callee { Answers, Busy, NoAnswer, Declines, Unreachable }
