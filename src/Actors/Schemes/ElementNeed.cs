using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes;

/// <summary>Something that an element refers to; its field is named as in the element's JSON.</summary>
public abstract record ElementNeed(string Field)
{
    public abstract bool IsMet(TenantState tenant);

    /// <summary>What lint calls it when it is not there.</summary>
    public abstract string MissingCode { get; }

    public abstract string MissingText { get; }

    public sealed record Sound(string Field, SoundId Id) : ElementNeed(Field)
    {
        public override string MissingCode => "missing-sound";

        public override string MissingText =>
            Id.MusicClass is not null ? "music plays for ever: name one announcement of it"
            : Id.Prompt is { } prompt ? $"there is no prompt '{prompt}'"
            : $"there is no announcement '{Id}'";

        public override bool IsMet(TenantState tenant) =>
            Id.Prompt is { } prompt ? PromptTexts.Names.Contains(prompt) : tenant.Announcements.ContainsKey(new AnnouncementId(Id.Value));
    }

    public sealed record Extension(string Field, ExtensionNumber Number) : ElementNeed(Field)
    {
        public override string MissingCode => "missing-extension";

        public override string MissingText => $"there is no extension {Number}";

        public override bool IsMet(TenantState tenant) => tenant.Extensions.ContainsKey(Number);
    }

    public sealed record External(string Field, ExternalNumberId Id) : ElementNeed(Field)
    {
        public override string MissingCode => "missing-number";

        public override string MissingText => $"there is no external number '{Id}'";

        public override bool IsMet(TenantState tenant) => tenant.ExternalNumbers.ContainsKey(Id);
    }

    public sealed record Queue(string Field, ExtensionNumber Number) : ElementNeed(Field)
    {
        public override string MissingCode => "missing-queue";

        public override string MissingText => $"there is no queue {Number}";

        public override bool IsMet(TenantState tenant) => tenant.Queues.ContainsKey(Number);
    }

    /// <summary>A caller who needs a skill that nobody has would wait for ever.</summary>
    public sealed record Skill(string Field, ExtensionNumber InQueue, string Name) : ElementNeed(Field)
    {
        public override string MissingCode => "missing-skill";

        public override string MissingText => $"no consultant of queue {InQueue} has the skill '{Name}'";

        public override bool IsMet(TenantState tenant) =>
            !tenant.Queues.TryGetValue(InQueue, out var queue) || queue.Consultants.Any(linked => linked.Skills.Contains(Name));
    }

    /// <summary>Never met, for there are none yet.</summary>
    public sealed record ConferenceRoom(string Field) : ElementNeed(Field)
    {
        public override string MissingCode => "no-conference-rooms";

        public override string MissingText => "this version of the exchange has no conference rooms yet: leave the element out, or keep the scheme as a draft";

        public override bool IsMet(TenantState tenant) => false;
    }

    public sealed record Switch(string Field, SwitchId Id) : ElementNeed(Field)
    {
        public override string MissingCode => "missing-switch";

        public override string MissingText => $"there is no switch '{Id}'";

        public override bool IsMet(TenantState tenant) => tenant.Switches.ContainsKey(Id);
    }

    /// <summary>Another scheme is only good for calls once a version of it could be used.</summary>
    public sealed record OtherScheme(string Field, SchemeId Id) : ElementNeed(Field)
    {
        public override string MissingCode => "missing-scheme";

        public override string MissingText => $"there is no scheme '{Id}' that calls could go by";

        public override bool IsMet(TenantState tenant) => tenant.Schemes.GetValueOrDefault(Id)?.CurrentGraph is not null;
    }
}
