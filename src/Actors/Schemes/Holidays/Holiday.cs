namespace TeleCube.Actors.Schemes.Holidays;

/// <summary>A public holiday: which day of a year it is, and from which year until which the law knows it.</summary>
sealed record Holiday(string Name, HolidayDay Day, int Since, int Until)
{
    /// <summary>Its day in that year, or null if it is none then.</summary>
    public DateOnly? In(int year) => year >= Since && year <= Until ? Day.In(year) : null;
}

/// <summary>How the day of a holiday is found.</summary>
abstract record HolidayDay
{
    HolidayDay() { }

    public abstract DateOnly? In(int year);

    public sealed record Fixed(MonthDay Day) : HolidayDay
    {
        public override DateOnly? In(int year) => Day.In(year);
    }

    public sealed record AfterEaster(int Days) : HolidayDay
    {
        public override DateOnly? In(int year) => Easter.Of(year).AddDays(Days);
    }

    public sealed record Once(DateOnly Day) : HolidayDay
    {
        public override DateOnly? In(int year) => Day.Year == year ? Day : null;
    }
}
