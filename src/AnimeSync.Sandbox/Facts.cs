// What the catalogue, the lists and the accounts hand to GraphQL: values by the schema's member names.
global using Facts = System.Collections.Generic.Dictionary<string, object?>;
