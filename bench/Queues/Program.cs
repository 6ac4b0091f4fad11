using System.Globalization;
using TeleCube.Bench.Queues;

// bench/Queues/run [how many wait, ...]; README.md says what is measured.
int[] sizes = args.Length == 0 ? [10, 100, 1000, 5000] : [.. args.Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
const int Consultants = 200, Rounds = 200, WarmUp = 300;

foreach (var idle in new[] { false, true }) QueueRounds.Run(sizes[0], Consultants, WarmUp, idle);
foreach (var idle in new[] { false, true })
{
    Console.WriteLine(idle
        ? $"\nAll who wait need a skill; {Consultants} consultants who have it talk, and one who lacks it is idle.\n"
        : $"{Consultants} consultants, all of whom talk.\n");
    Figures.Print(sizes, [.. sizes.Select(size => QueueRounds.Run(size, Consultants, Rounds, idle))]);
}
