using System;

namespace FragGuard.Testing;

/// <summary>What every exception of this library derives from.</summary>
public abstract class FragmentationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An assertion does not hold; the message has the value, the limit and the files.</summary>
public sealed class FragmentationAssertException(string message) : FragmentationException(message);

/// <summary>
/// An assertion was not judged: the recording is damaged, ended too early, lost too much, does not tell enough of lifetimes, or has
/// no such metric; or no findings were held against it.
/// </summary>
public sealed class FragmentationRefusedException(string message) : FragmentationException(message);

/// <summary>The tool is missing or failed, so there is no run.</summary>
public sealed class FragmentationToolException(string message, Exception? inner = null) : FragmentationException(message, inner);
