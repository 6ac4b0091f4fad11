using System.Collections.Immutable;
using TeleCube.Actors.Schemes;
using TeleCube.Api.Http;

namespace TeleCube.Api.Schemes;

/// <summary>The elements of a scheme and where calls begin among them.</summary>
public record GraphInput
{
    /// <summary>The id of the first element.</summary>
    public string? Start { get; init; }

    public IReadOnlyList<SchemeElement>? Elements { get; init; }

    /// <summary>Null where neither is given.</summary>
    internal SchemeGraph? ToGraph(Faults faults)
    {
        if (Elements is null && Start is null) return null;
        if (Elements is null)
        {
            if (!faults.Has("elements")) faults.Add("elements", "is required");
            return null;
        }

        return new SchemeGraph(new ElementId(faults.Identifier("start", Start)), [.. Elements]);
    }
}

/// <summary>A scheme. Without elements only the name is changed. With faults it is kept as a draft, by which no call goes.</summary>
public record SchemeInput : GraphInput
{
    const int MaxName = 100;
    const int MaxDescription = 500;

    public string? Name { get; init; }

    public string? Description { get; init; }

    internal string CheckName(Faults faults) => faults.Required("name", Name, MaxName);

    internal string CheckDescription(Faults faults) => faults.Optional("description", Description, MaxDescription);
}

/// <summary>A new scheme; its id is chosen by the exchange if it is left out.</summary>
public sealed record NewSchemeInput : SchemeInput
{
    public string? Id { get; init; }
}

/// <summary>Powiąż numer: exactly these numbers lead to the scheme from now on.</summary>
public sealed record SchemeNumbersInput
{
    const int Most = 1000;

    public IReadOnlyList<string>? Numbers { get; init; }

    /// <summary>Takes numbers that lead elsewhere, too.</summary>
    public bool ConfirmReplace { get; init; }

    internal ImmutableArray<Actors.Numbers.E164> ToNumbers(Faults faults)
    {
        if (Numbers is null && !faults.Has("numbers")) faults.Add("numbers", "is required");
        if (Numbers is { Count: > Most }) faults.Add("numbers", $"at most {Most}");
        return [.. (Numbers ?? []).Select((number, index) => faults.Number($"numbers[{index}]", number, required: true) ?? default)];
    }
}
