namespace TeleCube.Sip.Transactions;

/// <summary>What a step of a transaction machine asks of its runner, which always stops, sends, arms and tells, in this order.</summary>
[Flags]
public enum Do
{
    None = 0,

    // Stop
    StopResend = 1 << 0,
    StopLife = 1 << 1,
    StopAll = StopResend | StopLife,

    // Send
    Resend = 1 << 2,
    Send = 1 << 3,
    SendTrying = 1 << 4,
    Ack = 1 << 5,

    // Arm
    BackOffA = 1 << 6,
    BackOffE = 1 << 7,
    SlowE = 1 << 8,
    StartD = 1 << 9,
    StartK = 1 << 10,
    StartM = 1 << 11,
    StartG = 1 << 12,
    BackOffG = 1 << 13,
    StartH = 1 << 14,
    StartI = 1 << 15,
    StartJ = 1 << 16,
    StartL = 1 << 17,
    StartRepeat = 1 << 18,
    BackOffRepeat = 1 << 19,

    // Tell
    PassUp = 1 << 20,
    ReportTimeout = 1 << 21,
    ReportTransport = 1 << 22,
    ReportAckMissing = 1 << 23,
}
