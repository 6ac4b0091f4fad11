namespace TeleCube.Actors.Prompts;

/// <summary>What can be counted aloud.</summary>
public enum SpokenNoun { Participant, OtherParticipant, Message, Hour, Minute, Second, Zloty, Grosz, Person }
