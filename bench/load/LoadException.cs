namespace TeleCube.Load;

/// <summary>Something that the person at the keyboard can put right; its message says what.</summary>
sealed class LoadException(string message) : Exception(message);
