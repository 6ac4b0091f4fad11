using TeleCube.Actors.Prompts;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Prompts;

/// <summary>What is played one after the other reads as people say it.</summary>
public sealed class SpokenTests
{
    public static TheoryData<string> Languages => new(PromptTexts.Languages);

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(1, "jeden")]
    [InlineData(2, "dwa")]
    [InlineData(12, "dwanaście")]
    [InlineData(20, "dwadzieścia")]
    [InlineData(21, "dwadzieścia jeden")]
    [InlineData(22, "dwadzieścia dwa")]
    [InlineData(100, "sto")]
    [InlineData(112, "sto dwanaście")]
    [InlineData(555, "pięćset pięćdziesiąt pięć")]
    [InlineData(1000, "tysiąc")]
    [InlineData(1001, "tysiąc jeden")]
    [InlineData(2000, "dwa tysiące")]
    [InlineData(5000, "pięć tysięcy")]
    [InlineData(12_000, "dwanaście tysięcy")]
    [InlineData(21_000, "dwadzieścia jeden tysięcy")]
    [InlineData(22_345, "dwadzieścia dwa tysiące trzysta czterdzieści pięć")]
    [InlineData(999_999, "dziewięćset dziewięćdziesiąt dziewięć tysięcy dziewięćset dziewięćdziesiąt dziewięć")]
    [InlineData(-5, "minus pięć")]
    [InlineData(1_000_001, "jeden zero zero zero zero zero jeden")]
    [InlineData(int.MinValue, "minus dwa jeden cztery siedem cztery osiem trzy sześć cztery osiem")]
    public void Polish_numbers(int value, string said) => Assert.Equal(said, Say("pl", Spoken.In("pl").Number(value)));

    [Theory]
    [InlineData(0, "zero uczestników")]
    [InlineData(1, "jeden uczestnik")]
    [InlineData(2, "dwóch uczestników")]
    [InlineData(4, "czterech uczestników")]
    [InlineData(5, "pięciu uczestników")]
    [InlineData(12, "dwunastu uczestników")]
    [InlineData(15, "piętnastu uczestników")]
    [InlineData(21, "dwudziestu jeden uczestników")]
    [InlineData(22, "dwudziestu dwóch uczestników")]
    [InlineData(100, "stu uczestników")]
    [InlineData(101, "stu jeden uczestników")]
    [InlineData(522, "pięciuset dwudziestu dwóch uczestników")]
    public void Polish_participants(int count, string said) => Assert.Equal(said, Say("pl", Spoken.In("pl").Participants(count)));

    [Theory]
    [InlineData(0, "Jesteś pierwszym uczestnikiem.")]
    [InlineData(1, "W sali: jeden inny uczestnik")]
    [InlineData(2, "W sali: dwóch innych uczestników")]
    [InlineData(14, "W sali: czternastu innych uczestników")]
    public void Polish_others_in_a_room(int count, string said) => Assert.Equal(said, Say("pl", Spoken.In("pl").OthersInRoom(count)));

    [Theory]
    [InlineData(0, "Jesteś na początku kolejki.")]
    [InlineData(1, "Przed tobą w kolejce: jedna osoba")]
    [InlineData(2, "Przed tobą w kolejce: dwie osoby")]
    [InlineData(5, "Przed tobą w kolejce: pięć osób")]
    [InlineData(12, "Przed tobą w kolejce: dwanaście osób")]
    [InlineData(22, "Przed tobą w kolejce: dwadzieścia dwie osoby")]
    [InlineData(31, "Przed tobą w kolejce: trzydzieści jeden osób")]
    public void Polish_places_in_a_queue(int ahead, string said) => Assert.Equal(said, Say("pl", Spoken.In("pl").PlaceInQueue(ahead)));

    [Theory]
    [InlineData(0, "You are first in the queue.")]
    [InlineData(1, "Ahead of you in the queue: one person")]
    [InlineData(5, "Ahead of you in the queue: five people")]
    public void English_places_in_a_queue(int ahead, string said) => Assert.Equal(said, Say("en", Spoken.In("en").PlaceInQueue(ahead)));

    [Theory]
    [InlineData("pl", 59, "Przewidywany czas oczekiwania: mniej niż minuta.")]
    [InlineData("pl", 60, "Przewidywany czas oczekiwania: jedna minuta")]
    [InlineData("pl", 61, "Przewidywany czas oczekiwania: dwie minuty")]
    [InlineData("pl", 290, "Przewidywany czas oczekiwania: pięć minut")]
    [InlineData("en", 290, "The expected waiting time is: five minutes")]
    public void Expected_waits(string language, int seconds, string said) =>
        Assert.Equal(said, Say(language, Spoken.In(language).ExpectedWait(TimeSpan.FromSeconds(seconds))));

    [Theory]
    [InlineData(0, "zero sekund")]
    [InlineData(1, "jedna sekunda")]
    [InlineData(60, "jedna minuta")]
    [InlineData(120, "dwie minuty")]
    [InlineData(300, "pięć minut")]
    [InlineData(12 * 60, "dwanaście minut")]
    [InlineData(21 * 60, "dwadzieścia jeden minut")]
    [InlineData(22 * 60, "dwadzieścia dwie minuty")]
    [InlineData(125, "dwie minuty pięć sekund")]
    [InlineData(3600, "jedna godzina")]
    [InlineData(2 * 3600 + 32 * 60 + 1, "dwie godziny trzydzieści dwie minuty jedna sekunda")]
    [InlineData(5 * 3600, "pięć godzin")]
    public void Polish_durations(int seconds, string said) => Assert.Equal(said, Say("pl", Spoken.In("pl").Duration(TimeSpan.FromSeconds(seconds))));

    [Theory]
    [InlineData("0", "zero złotych")]
    [InlineData("1", "jeden złoty")]
    [InlineData("2", "dwa złote")]
    [InlineData("5", "pięć złotych")]
    [InlineData("12", "dwanaście złotych")]
    [InlineData("22", "dwadzieścia dwa złote")]
    [InlineData("0.01", "jeden grosz")]
    [InlineData("0.03", "trzy grosze")]
    [InlineData("0.055", "sześć groszy")]
    [InlineData("101.22", "sto jeden złotych dwadzieścia dwa grosze")]
    [InlineData("-1.5", "minus jeden złoty pięćdziesiąt groszy")]
    [InlineData("-0.001", "zero złotych")]
    public void Polish_amounts(string amount, string said) =>
        Assert.Equal(said, Say("pl", Spoken.In("pl").Amount(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData(1, "W skrzynce: jedna nowa wiadomość")]
    [InlineData(2, "W skrzynce: dwie nowe wiadomości")]
    [InlineData(5, "W skrzynce: pięć nowych wiadomości")]
    [InlineData(22, "W skrzynce: dwadzieścia dwie nowe wiadomości")]
    [InlineData(0, "Nie masz żadnych wiadomości.")]
    public void Polish_messages(int count, string said) => Assert.Equal(said, Say("pl", Spoken.In("pl").Messages(count)));

    [Theory]
    [InlineData("00:00", "północ", "midnight")]
    [InlineData("00:05", "zero zero pięć", "twelve oh five a m")]
    [InlineData("01:00", "pierwsza", "one a m")]
    [InlineData("12:00", "dwunasta", "noon")]
    [InlineData("12:30", "dwunasta trzydzieści", "twelve thirty p m")]
    [InlineData("14:01", "czternasta zero jeden", "two oh one p m")]
    [InlineData("14:02", "czternasta zero dwie", "two oh two p m")]
    [InlineData("21:22", "dwudziesta pierwsza dwadzieścia dwie", "nine twenty two p m")]
    [InlineData("23:59", "dwudziesta trzecia pięćdziesiąt dziewięć", "eleven fifty nine p m")]
    public void Times_of_the_day(string time, string polish, string english)
    {
        var at = TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((polish, english), (Say("pl", Spoken.In("pl").Time(at)), Say("en", Spoken.In("en").Time(at))));
    }

    [Theory]
    [InlineData("2026-11-23", "dzisiaj", "today")]
    [InlineData("2026-11-22", "wczoraj", "yesterday")]
    [InlineData("2026-11-21", "w sobotę", "on Saturday")]
    [InlineData("2026-11-17", "we wtorek", "on Tuesday")]
    [InlineData("2026-11-16", "szesnastego listopada", "on the sixteenth of November")]
    [InlineData("2026-10-30", "trzydziestego października", "on the thirtieth of October")]
    [InlineData("2026-10-31", "trzydziestego pierwszego października", "on the thirty first of October")]
    [InlineData("2026-05-22", "dwudziestego drugiego maja", "on the twenty second of May")]
    [InlineData("2025-11-23", "dwudziestego trzeciego listopada", "on the twenty third of November")]
    [InlineData("2026-11-24", "dwudziestego czwartego listopada", "on the twenty fourth of November")]
    public void Days_that_have_been(string day, string polish, string english)
    {
        var (on, today) = (DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new DateOnly(2026, 11, 23));
        Assert.Equal((polish, english), (Say("pl", Spoken.In("pl").Day(on, today)), Say("en", Spoken.In("en").Day(on, today))));
    }

    [Fact]
    public void Every_day_of_a_year_can_be_said()
    {
        foreach (var language in PromptTexts.Languages)
            for (var day = new DateOnly(2028, 1, 1); day.Year == 2028; day = day.AddDays(1))
                Assert.NotEqual("", Say(language, Spoken.In(language).Day(day, new DateOnly(2030, 1, 1))));
    }

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(13, "thirteen")]
    [InlineData(21, "twenty one")]
    [InlineData(100, "one hundred")]
    [InlineData(105, "one hundred and five")]
    [InlineData(1005, "one thousand and five")]
    [InlineData(1500, "one thousand five hundred")]
    [InlineData(22_345, "twenty two thousand three hundred and forty five")]
    [InlineData(105_000, "one hundred and five thousand")]
    public void English_numbers(int value, string said) => Assert.Equal(said, Say("en", Spoken.In("en").Number(value)));

    [Fact]
    public void English_counts_one_and_many()
    {
        var english = Spoken.In("en");
        Assert.Equal("one minute one second", Say("en", english.Duration(TimeSpan.FromSeconds(61))));
        Assert.Equal("twenty two minutes", Say("en", english.Duration(TimeSpan.FromMinutes(22))));
        Assert.Equal("In the room: two other participants", Say("en", english.OthersInRoom(2)));
        Assert.Equal("one zloty fifty groszy", Say("en", english.Amount(1.5m)));
    }

    [Fact]
    public void A_phone_number_is_said_key_by_key() => Assert.Equal("plus cztery osiem jeden gwiazdka krzyżyk", Say("pl", Spoken.Digits("+48 1*#x")));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Whatever_is_said_is_there_to_be_played(string language)
    {
        var spoken = Spoken.In(language);
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Folder, "prompts", language)).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var names = Enumerable.Range(0, 10_000).SelectMany(value => spoken.Number(value)
                .Concat(Enum.GetValues<SpokenNoun>().SelectMany(noun => spoken.Counted(value, noun)))
                .Concat(spoken.OthersInRoom(value)).Concat(spoken.Messages(value))
                .Concat(spoken.Amount(value / 100m)).Concat(spoken.Duration(TimeSpan.FromSeconds(value))))
            .Concat(Enumerable.Range(0, 24 * 60).SelectMany(minute => spoken.Time(TimeOnly.MinValue.AddMinutes(minute))))
            .Concat(Spoken.Digits("0123456789+*#")).Concat(spoken.Number(-1));
        Assert.Empty(names.Except(files!));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_has_its_file_and_every_file_its_text(string language)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Folder, "prompts", language)).Select(file => Path.GetFileNameWithoutExtension(file)!);
        Assert.Equal(PromptTexts.Names.Where(name => PromptTexts.Find(language, name) is not null).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_sentence_is_there_in_both_languages()
    {
        var sentences = PromptTexts.Names.Where(name => PromptTexts.Languages.Any(language => PromptTexts.Find(language, name)?[^1] is '.' or ':'));
        Assert.All(sentences, name => Assert.All(PromptTexts.Languages, language => Assert.NotNull(PromptTexts.Find(language, name))));
        Assert.True(sentences.Count() > 60);
    }

    static string Say(string language, IEnumerable<string> names) => string.Join(' ', names.Select(name => PromptTexts.Find(language, name) ?? $"<{name}>"));
}
