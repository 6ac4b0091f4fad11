using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>What deciding may look at besides the queues themselves: snapshots, read without waiting.</summary>
public interface IQueueWorld
{
    /// <summary>False while the company's set-up is not known here: then nobody is sent away and nobody is rung.</summary>
    bool IsKnown { get; }

    Queue? Find(ExtensionNumber queue);

    /// <summary>The company has such an extension or external number.</summary>
    bool Exists(ConsultantId consultant);

    /// <summary>Why his phone cannot be rung now, by his own conditions; null: it can.</summary>
    NotRung? WhyNotRung(Queue queue, ConsultantId consultant);

    /// <summary>The day in the company's time zone.</summary>
    DateOnly Today(DateTimeOffset now);

    /// <summary>How a number that a caller left is dialled; null if nobody is called back on it.</summary>
    string? CallBackNumber(string number);
}
