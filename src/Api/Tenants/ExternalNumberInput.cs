using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>An external number; <c>acceptedQuoteId</c> is needed when the number is new or another one, and when it is to be sent SMS from now on.</summary>
public record ExternalNumberInput
{
    const int MaxDescription = 100;

    /// <summary>9 digits for a Polish number, + or 00 and the country code for others.</summary>
    public string? Number { get; init; }

    public string? Description { get; init; }

    /// <summary>Keys to press once it has answered: 0-9, * and #, a comma waits 1 s and a semicolon 3 s; at most 64.</summary>
    public string? DtmfSequence { get; init; }

    /// <summary>2 to 6 digits; *CODE# then stands for the number.</summary>
    public string? ShortCode { get; init; }

    public NumberPresentation? Presentation { get; init; }

    /// <summary>May this number transfer calls by keys?</summary>
    public bool MayTransfer { get; init; }

    /// <summary>Send it an SMS with the caller's number when a call is forwarded to it; Polish mobiles only.</summary>
    public bool SendsCallerBySms { get; init; }

    public string? AcceptedQuoteId { get; init; }

    internal ExternalNumber ToExternalNumber(ExternalNumberId id, Faults faults) => new(id, faults.Number("number", Number, required: true) ?? default)
    {
        Description = faults.Optional("description", Description, MaxDescription),
        DtmfSequence = SequenceOf(faults),
        ShortCode = CodeOf(faults),
        Presentation = Presentation ?? NumberPresentation.Active,
        MayTransfer = MayTransfer,
        SendsCallerBySms = SendsCallerBySms,
    };

    DtmfSequence? SequenceOf(Faults faults)
    {
        if (string.IsNullOrEmpty(DtmfSequence)) return null;
        if (Actors.Numbers.DtmfSequence.TryParse(DtmfSequence, out var sequence)) return sequence;
        faults.Add("dtmfSequence", $"has at most {Actors.Numbers.DtmfSequence.MaxLength} of 0-9, * and #, a comma for 1 s and a semicolon for 3 s");
        return null;
    }

    ShortCode? CodeOf(Faults faults)
    {
        if (string.IsNullOrEmpty(ShortCode)) return null;
        if (Actors.Numbers.ShortCode.TryParse(ShortCode, out var code)) return code;
        faults.Add("shortCode", $"has {Actors.Numbers.ShortCode.MinLength} to {Actors.Numbers.ShortCode.MaxLength} digits, without * and #");
        return null;
    }
}

/// <summary>A new external number; its id is chosen by the exchange if it is left out.</summary>
public sealed record NewExternalNumberInput : ExternalNumberInput
{
    public string? Id { get; init; }
}

/// <summary>Asks for a price.</summary>
public sealed record QuoteInput
{
    public string? Number { get; init; }
}
