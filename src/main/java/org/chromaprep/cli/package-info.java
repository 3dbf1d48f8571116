/**
 * The command line: commands, options and where their values come from, progress, messages and exit codes. The only
 * room that prints or exits.
 */
package org.chromaprep.cli;
