using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Schemes made by chance from a seed: elements of every kind, exits to anywhere.</summary>
static class RandomSchemes
{
    public static SchemeGraph Of(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(1, 8);
        var ids = Enumerable.Range(0, count).Select(i => new ElementId($"e{i}")).ToList();
        return new SchemeGraph(ids[0], [.. ids.Select(id => Wired(Element(id, random), ids, random))]);
    }

    static SchemeElement Element(ElementId id, Random random) => random.Next(14) switch
    {
        0 => new AnnouncementElement { Id = id, Sound = SoundId.OfPrompt("please-wait") },
        1 => new MenuElement { Id = id, Sound = SoundId.OfPrompt("enter-number"), Retries = random.Next(3), DialExtensions = random.Next(2) == 0 },
        2 => new ExtensionElement { Id = id, Number = Number(random) },
        3 => new RingGroupElement { Id = id, Strategy = (RingStrategy)random.Next(3), Rounds = random.Next(1, 4), Members = [Number(random), ExtensionNumber.Parse("13")] },
        4 => new ExternalNumberElement { Id = id, Number = SchemeTable.Office.Id },
        5 or 6 => new TimeConditionElement
        {
            Id = id,
            Periods =
            [
                new() { Exit = "holiday", PublicHolidays = HolidayUse.Included },
                new() { Exit = "open", Weekdays = [(DayOfWeek)random.Next(7)], Times = [new(new DayTime(random.Next(DayTime.PerDay)), new DayTime(random.Next(DayTime.PerDay)))] },
            ],
        },
        7 or 8 => new CallerConditionElement { Id = id, Rules = [new() { Exit = "near", Prefixes = ["+48"] }, new() { Exit = "withheld", Anonymous = true }] },
        9 or 10 => new QueueElement { Id = id, Queue = SchemeTable.Support.Number },
        11 => new SmsElement { Id = id, Text = "Dzwoni {caller}", To = random.Next(2) == 0 ? SchemeTable.Office.Number : null },
        12 => new WebhookElement { Id = id, Url = "https://crm.example.org/", Answers = ["vip"] },
        _ => new HangupElement { Id = id },
    };

    static ExtensionNumber Number(Random random) => ExtensionNumber.Parse($"{random.Next(11, 13)}");

    /// <summary>Required exits always lead somewhere, others sometimes: most schemes get past lint, not all.</summary>
    static SchemeElement Wired(SchemeElement element, List<ElementId> ids, Random random) => element with
    {
        Exits = element.Leaves.Where(exit => exit.Required || random.Next(3) == 0).ToImmutableSortedDictionary(exit => exit.Name, _ => ids[random.Next(ids.Count)]),
    };
}
