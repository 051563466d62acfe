package io.deepsuite.servicekit.privacy;

/** Kinds of personal data that are recognised. Names are those of the v1 contracts. */
public enum EntityType {
    /** Resident identity number (GB 11643-1999) with a valid province, birth date and check character. */
    CHINESE_RESIDENT_ID("RSD", 0),
    /** Payment card number (ISO/IEC 7812) with a valid Luhn digit. */
    BANK_CARD("CRD", 1),
    /** Mobile number of mainland China, with or without country code. */
    CHINESE_MOBILE_NUMBER("TEL", 2),
    /** E-mail address. */
    EMAIL("EML", 3);

    private final String placeholderPrefix;

    private final int precedence;

    EntityType(String placeholderPrefix, int precedence) {
        this.placeholderPrefix = placeholderPrefix;
        this.precedence = precedence;
    }

    /** Three capitals that begin the placeholders of this kind. */
    public String placeholderPrefix() {
        return placeholderPrefix;
    }

    /** 0 goes first. */
    int precedence() {
        return precedence;
    }
}
