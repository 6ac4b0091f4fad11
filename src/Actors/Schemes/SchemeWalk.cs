using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes.Elements;

namespace TeleCube.Actors.Schemes;

/// <summary>
/// Takes a call through its scheme, from what has happened to the next thing that must be waited for. Pure: real calls and simulations go by this code.
/// </summary>
public static class SchemeWalk
{
    const int MostMoves = 100;

    /// <summary>Of the keys that are kept for who is asked where a call goes on.</summary>
    const int MostDigits = 64;

    public static SchemeMove Next(SchemePosition at, ElementNews news, ElementContext context)
    {
        var path = ImmutableArray.CreateBuilder<SchemeDecision>();
        CallService? served = null;
        for (var moves = 0; moves < MostMoves; moves++)
        {
            if (at.GraphOf(context.Tenant)?[at.Element] is not { } element)
                return End(path, at, EndCause.SchemeGone with { Text = $"Scheme {at.Scheme} has no element {at.Element}" });
            if (news is ElementNews.Key(var key) && element is MenuElement) at = at with { Digits = Last(at.Digits + key) };
            var step = element.Next(at.Memory, news, context);
            served = step.Served ?? served;
            path.Add(new SchemeDecision(at.Scheme, element.Id, step is ElementStep.Leave(var exit, _, _) ? exit : null, step.Reason));
            if (Goes(at, element, step, context) is not { } next)
                return new SchemeMove(path.DrainToImmutable(), at with { Memory = step.Memory }, Final(element, step)) { Served = served };
            (at, news) = (next, new ElementNews.Entered());
        }

        return End(path, at, EndCause.SchemeLoop with { Text = $"Scheme {at.Scheme} goes round and round without a wait" });
    }

    /// <summary>Whether the scheme itself says where a call goes on that was not taken with this outcome: then no voicemail takes it.</summary>
    public static bool GoesOn(SchemePosition at, EndCause outcome, ElementContext context) =>
        at.GraphOf(context.Tenant)?[at.Element] is { } element
        && (element.Next(at.Memory, new ElementNews.NotReached(outcome), context) is not ElementStep.Leave(var exit, _, _) || element.Exits.ContainsKey(exit));

    /// <summary>Where the call is next at once, or null if the step is to be carried out where it is.</summary>
    static SchemePosition? Goes(SchemePosition at, SchemeElement element, ElementStep step, ElementContext context) => step switch
    {
        ElementStep.Leave(var exit, _, _) when element.Exits.TryGetValue(exit, out var next) =>
            at with { Element = next, Memory = ElementMemory.Empty, Wait = null },
        ElementStep.Jump(var id, _) => at.JumpTo(id, context.Tenant),
        _ => null,
    };

    static string Last(string digits) => digits.Length > MostDigits ? digits[^MostDigits..] : digits;

    static ElementStep Final(SchemeElement element, ElementStep step) => step switch
    {
        ElementStep.Leave(var exit, var reason, var otherwise) =>
            new ElementStep.End(otherwise ?? EndCause.HungUp, $"{reason}; the exit '{exit}' of {element.Id} leads nowhere"),
        ElementStep.Jump(var id, _) =>
            new ElementStep.End(EndCause.SchemeGone with { Text = $"Scheme {id} is gone or has no version" }, $"scheme {id} cannot be gone to"),
        _ => step,
    };

    static SchemeMove End(ImmutableArray<SchemeDecision>.Builder path, SchemePosition at, EndCause cause) =>
        new(path.DrainToImmutable(), at, new ElementStep.End(cause, cause.Text));
}

/// <summary>What an element decided, by which exit it was left (null: it was not), and why.</summary>
public sealed record SchemeDecision(SchemeId Scheme, ElementId Element, string? Exit, string Reason);

/// <summary>The elements passed through, where the call stands now, and what is to be done there; never a leave or a jump.</summary>
public sealed record SchemeMove(ImmutableArray<SchemeDecision> Path, SchemePosition At, ElementStep Step)
{
    /// <summary>What the exchange has done for the caller on the way.</summary>
    public CallService? Served { get; init; }
}
