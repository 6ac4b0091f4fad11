using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Api.Http;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Calls;

/// <summary>Rings the extension <c>from</c>, and when it has answered calls <c>to</c>.</summary>
public sealed record CallInput
{
    public string? From { get; init; }

    public string? To { get; init; }

    internal CallCommand.Order ToOrder(TenantId tenant, Faults faults)
    {
        faults.Extension("from", From, out var from);
        var to = faults.Dialled("to", To, required: true);
        if (from is { } own && to is DialledNumber.Internal(var called) && called == own) faults.Add("to", "is the extension that orders the call");
        return new CallCommand.Order(tenant, from?.Value ?? "", to?.ToString() ?? "");
    }
}

/// <summary>Where the far party goes; a leg names the phone that lets go of the other party instead.</summary>
public sealed record TransferInput
{
    public string? To { get; init; }

    public int? Leg { get; init; }
}

/// <summary>Digits for one leg; without a leg, the far one.</summary>
public sealed record DtmfInput
{
    const int MaxDigits = 64;
    const string Allowed = "0123456789*#ABCD";

    public string? Digits { get; init; }

    public int? Leg { get; init; }

    internal string Check(Faults faults)
    {
        var digits = faults.Required("digits", Digits, MaxDigits);
        if (digits.Any(digit => !Allowed.Contains(digit, StringComparison.Ordinal))) faults.Add("digits", "may contain 0-9, *, # and A-D");
        return digits;
    }
}
