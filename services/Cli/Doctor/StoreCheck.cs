namespace SparsePipeline.Cli.Doctor;

/// <summary>Can the store's folder be written to?</summary>
internal static class StoreCheck
{
    /// <summary>Writes and removes a small file where the store is, or would be created.</summary>
    public static Finding Writable(string store)
    {
        var folder = ExistingParent(store);
        var probe = Path.Combine(folder, $".sparsepipe-doctor-{System.Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "probe");
            File.Delete(probe);
            return new Finding("store", IsGood: true, Directory.Exists(store) ? $"{store} can be written to" : $"{store} can be created", "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Finding("store", IsGood: false, $"{store}: {failure.Message}", "Give --store a folder this user may write to.");
        }
    }

    /// <summary>The folder itself, or its nearest ancestor that exists.</summary>
    public static string ExistingParent(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        return existing;
    }
}
