using System.Runtime.InteropServices;

namespace SparsePipeline.Cli.Doctor;

/// <summary>The GNU C library, when that is what the process runs on.</summary>
internal static partial class GnuLibrary
{
    /// <summary>Its version, or null on another C library.</summary>
    public static Version? Version()
    {
        try
        {
            return System.Version.TryParse(Marshal.PtrToStringUTF8(VersionText()), out var version) ? version : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "gnu_get_libc_version")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint VersionText();
}
