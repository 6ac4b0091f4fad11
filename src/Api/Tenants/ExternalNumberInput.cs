using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>An external number; <c>acceptedQuoteId</c> is needed when the number is new or another one.</summary>
public record ExternalNumberInput
{
    const int MaxDescription = 100;

    /// <summary>9 digits for a Polish number, + or 00 and the country code for others.</summary>
    public string? Number { get; init; }

    public string? Description { get; init; }

    public NumberPresentation? Presentation { get; init; }

    public string? AcceptedQuoteId { get; init; }

    internal ExternalNumber ToExternalNumber(ExternalNumberId id, Faults faults) => new(id, faults.Number("number", Number, required: true) ?? default)
    {
        Description = faults.Optional("description", Description, MaxDescription),
        Presentation = Presentation ?? NumberPresentation.Active,
    };
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
