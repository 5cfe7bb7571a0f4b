namespace SparsePipeline.ServiceHost;

/// <summary>How a service ends, for whatever supervises it.</summary>
public static class ExitCodes
{
    /// <summary>An orderly stop: work in hand was saved and handed on.</summary>
    public const int Stopped = 0;

    /// <summary>A fault nobody foresaw; starting again may help.</summary>
    public const int Fault = 1;

    /// <summary>A configuration the service cannot work with (EX_CONFIG of sysexits.h); starting again does not help.</summary>
    public const int Configuration = 78;
}
