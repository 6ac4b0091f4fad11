using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Queues;

/// <summary>What is wrong with the settings of a queue, each by the field as the API names it.</summary>
public static class QueueFaults
{
    const int MostConsultants = 200, MostSkills = 20, MaxSkill = 32, MaxName = 100;
    const int Hour = 3600, Day = 24 * Hour;
    const string Keys = "0123456789*#";

    public static IEnumerable<OptionFault> Of(Queue queue, TenantState tenant)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(tenant);
        return
        [
            .. OfNumber(queue), .. OfConsultants(queue, tenant), .. OfSounds(queue, tenant), .. OfKeys(queue),
            .. Seconds("announceEverySeconds", queue.AnnounceEvery, 10, Hour, orZero: true),
            .. Seconds("periodicEverySeconds", queue.PeriodicEvery, 10, Hour, orZero: true),
            .. Seconds("ringSeconds", queue.RingFor, 5, 180),
            .. Seconds("retryPauseSeconds", queue.RetryPause, 1, 300), // without one, a queue whose consultants are all away would never rest
            .. Seconds("wrapUpSeconds", queue.WrapUp, 0, Hour),
            .. Seconds("maxWaitSeconds", queue.MaxWait, 5, Day, orZero: true),
            .. Seconds("serviceLevelSeconds", queue.ServiceLevel, 1, Hour),
            .. OptionFault.Within("maxLength", queue.MaxLength, 0, 1000),
            .. OptionFault.Within("weight", queue.Weight, 0, 100),
            .. OptionFault.Within("pauseAfterMisses", queue.PauseAfterMisses, 0, 100),
        ];
    }

    /// <summary>What a skill is called: the same in queues and in schemes.</summary>
    public static bool IsSkill(string? text) => text is { Length: > 0 and <= MaxSkill } && text.Trim() == text && !text.Any(char.IsControl);

    public static string SkillRule => $"must be 1 to {MaxSkill} characters";

    static IEnumerable<OptionFault> OfNumber(Queue queue)
    {
        if (queue.Number.Value.Length < 3) yield return new OptionFault("number", "must be 3 or 4 digits");
        if (queue.Name.Length > MaxName || queue.Name.Any(char.IsControl))
            yield return new OptionFault("name", $"must be at most {MaxName} characters");
    }

    static IEnumerable<OptionFault> OfConsultants(Queue queue, TenantState tenant)
    {
        if (queue.Consultants.Length > MostConsultants) yield return new OptionFault("consultants", $"at most {MostConsultants}");
        var seen = new HashSet<ConsultantId>();
        for (var i = 0; i < queue.Consultants.Length; i++)
        {
            var linked = queue.Consultants[i];
            var field = $"consultants[{i}]";
            if (!seen.Add(linked.Id)) yield return new OptionFault($"{field}.id", $"{linked.Id} stands in the list twice");
            foreach (var fault in OfLink(linked, tenant)) yield return fault with { Field = $"{field}.{fault.Field}" };
        }
    }

    static IEnumerable<OptionFault> OfLink(LinkedConsultant linked, TenantState tenant)
    {
        var external = linked.Id.External is { } id ? tenant.ExternalNumbers.GetValueOrDefault(id) : null;
        if (external is null && (linked.Id.Extension is not { } extension || !tenant.Extensions.ContainsKey(extension)))
        {
            var what = linked.Id.External is { } gone ? $"external number '{gone}'" : $"extension '{linked.Id}'";
            yield return new OptionFault("id", $"there is no {what}");
        }

        if (linked.PressOne && linked.Id.Extension is not null) yield return new OptionFault("pressOne", "is for external numbers only");
        if (linked.PressOne && external?.DtmfSequence is not null)
            yield return new OptionFault("pressOne", "the number has a DTMF sequence, which would be pressed before anybody could press 1");
        if (linked.Priority is < 0 or > 100) yield return new OptionFault("priority", "must be 0 to 100");
        if (linked.Skills.Length > MostSkills) yield return new OptionFault("skills", $"at most {MostSkills}");
        for (var i = 0; i < linked.Skills.Length; i++)
            if (!IsSkill(linked.Skills[i])) yield return new OptionFault($"skills[{i}]", SkillRule);
    }

    static IEnumerable<OptionFault> OfSounds(Queue queue, TenantState tenant)
    {
        var music = queue.Music is { MusicClass: null } ? queue.Music : null; // a class may be gone: then the exchange's is heard
        foreach (var (field, sound) in new[] { ("welcome", queue.Welcome), ("periodic", queue.Periodic), ("music", music) })
        {
            if (sound is { } named && new ElementNeed.Sound(field, named) is var need && !need.IsMet(tenant))
                yield return new OptionFault(field, need.MissingText);
        }
    }

    static IEnumerable<OptionFault> OfKeys(Queue queue)
    {
        foreach (var (field, key) in new[] { ("callBackKey", queue.CallBackKey), ("exitKey", queue.ExitKey) })
            if (key is { } named && !Keys.Contains(named)) yield return new OptionFault(field, "must be one of 0-9, * and #");
        if (queue.CallBackKey is { } both && both == queue.ExitKey)
            yield return new OptionFault("exitKey", "is the key for a call-back already");
    }

    static IEnumerable<OptionFault> Seconds(string field, TimeSpan time, int least, int most, bool orZero = false)
    {
        if (orZero && time == TimeSpan.Zero) return [];
        var fits = time >= TimeSpan.FromSeconds(least) && time <= TimeSpan.FromSeconds(most);
        return fits ? [] : [new OptionFault(field, $"must be {(orZero ? "0, or " : "")}{least} to {most}")];
    }
}
